using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public class ScoutTrialTests
{
    [Theory]
    [InlineData(1, 2, 1.0, 0.9)] // Faster with: nearly always.
    [InlineData(2, 1, 0.1, 0.0)] // Slower with: now and then, to try.
    public void Next_ChunksThatTakeSoLong_TheScoutComesAlongWhereThatIsFaster(int ticksWith, int ticksWithout, double most, double least)
    {
        long time = 0;
        ScoutTrial trial = new(() => time);
        bool isAwake = true;
        int awake = 0;
        const int chunks = 400_000;
        for (int i = 0; i < chunks; i++)
        {
            isAwake = trial.Next() ?? isAwake;
            awake += isAwake ? 1 : 0;
            time += isAwake ? ticksWith : ticksWithout;
        }

        ((double)awake / chunks).ShouldBeInRange(least, most);
    }

    [Fact]
    public void Next_WhatWasFasterBecomesSlower_IsTriedAgain()
    {
        long time = 0;
        ScoutTrial trial = new(() => time);
        bool isAwake = true;
        for (int i = 0; i < 400_000; i++)
        {
            isAwake = trial.Next() ?? isAwake;
            time += isAwake == i < 200_000 ? 1 : 2;
        }

        isAwake.ShouldBeFalse();
    }
}
