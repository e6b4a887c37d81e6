// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IToken {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// A pool with agreed prices. A token payment is pulled after the pool has paid out.
contract DexPool {
    receive() external payable {}

    /// Coin for a token, sent to anybody.
    function buy(address token, uint256 tokens, address to) external payable {
        IToken(token).transfer(to, tokens);
    }

    /// A token for coin: pays out first, is paid last.
    function sell(address token, uint256 tokens, uint256 coin, address payable to) external {
        (bool ok, ) = to.call{value: coin}("");
        require(ok, "refused");
        IToken(token).transferFrom(msg.sender, address(this), tokens);
    }

    /// A token for a token: pays out first, is paid last.
    function swap(address tokenIn, uint256 valueIn, address tokenOut, uint256 valueOut, address to) external {
        IToken(tokenOut).transfer(to, valueOut);
        IToken(tokenIn).transferFrom(msg.sender, address(this), valueIn);
    }
}
