// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// Pays what it is paid to several, in equal shares; the last one gets the remainder too.
contract Splitter {
    function split(address payable[] calldata to) external payable {
        uint256 share = msg.value / to.length;
        for (uint256 i = 0; i < to.length; i++) {
            uint256 value = i + 1 == to.length ? msg.value - share * i : share;
            (bool ok, ) = to[i].call{value: value}("");
            require(ok, "refused");
        }
    }
}
