// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Born with value; anybody may sweep it.
contract Vault {
    constructor() payable {}

    function sweep(address payable to) external {
        (bool ok, ) = to.call{value: address(this).balance}("");
        require(ok, "refused");
    }
}

/// Creates a contract with the value it is paid.
contract Creator {
    function make() external payable {
        new Vault{value: msg.value}();
    }
}
