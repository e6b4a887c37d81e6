// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Takes one denomination in and pays it to anybody: what came from whom cannot be told from the chain.
contract Mixer {
    uint256 private immutable denomination;

    constructor(uint256 value) {
        denomination = value;
    }

    function deposit() external payable {
        require(msg.value == denomination, "wrong amount");
    }

    function withdraw(address payable to) external {
        (bool ok, ) = to.call{value: denomination}("");
        require(ok, "refused");
    }
}
