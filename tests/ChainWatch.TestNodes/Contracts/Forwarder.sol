// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Passes on whatever it is paid, by an internal call.
contract Forwarder {
    address payable private immutable target;

    constructor(address payable to) {
        target = to;
    }

    receive() external payable {
        (bool ok, ) = target.call{value: msg.value}("");
        require(ok, "refused");
    }
}
