// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Keeps what it is paid: the inner calls with value are undone, the transaction succeeds. A plain payment is refused.
contract Reverter {
    function attempt(address payable to) external payable {
        try this.inner{value: msg.value}(to) {} catch {}
    }

    function inner(address payable to) external payable {
        (bool ok, ) = to.call{value: msg.value}("");
        require(!ok, "undone");
    }
}
