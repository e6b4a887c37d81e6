// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Pays all it has by selfdestruct. Since EIP-6780 the code stays, the balance moves in any fork.
contract Suicidal {
    constructor() payable {}

    function die(address payable to) external {
        selfdestruct(to);
    }
}
