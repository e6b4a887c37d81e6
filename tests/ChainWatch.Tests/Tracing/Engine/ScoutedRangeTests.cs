using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public unsafe class ScoutedRangeTests
{
    private const int Chunks = 2000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Distrust_WhatTheScoutMayHaveSeenBefore_IsThePassesOwn(bool reversed)
    {
        using ScoutedRange range = new(0, Chunks * ScoutedRange.Chunk, reversed, (_, _) => { });
        int chunk = GoToMarks(range, 0, reversed);
        Thread.Sleep(20); // The scout is as far ahead as it may be.
        range.Distrust();

        IsMarked(range, chunk, reversed).ShouldBeFalse();
        range.Done(StartOf(chunk, reversed));
        for (int i = 1; i < ScoutedRange.ChunksAhead; i++)
        {
            IsMarked(range, chunk + i, reversed).ShouldBeFalse();
            range.Done(StartOf(chunk + i, reversed));
        }

        GoToMarks(range, chunk + ScoutedRange.ChunksAhead, reversed).ShouldBeLessThan(Chunks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MarksAt_EveryChunk_ItsOwnMarksOrNone(bool reversed)
    {
        // Ragged at both ends: a chunk that is not whole is the pass's own, or that part of one which lies inside.
        const int from = (3 * ScoutedRange.Chunk) + 7;
        const int to = (Chunks * ScoutedRange.Chunk) + 9;
        using ScoutedRange range = new(from, to, reversed, (first, marks) => marks[1] = (ushort)(first / ScoutedRange.Chunk));
        int marked = 0;
        for (int i = 3; i <= Chunks; i++)
        {
            int chunk = reversed ? Chunks + 3 - i : i;
            ushort* marks = range.MarksAt((long)chunk * ScoutedRange.Chunk);
            marked += marks is null ? 0 : 1;
            (marks is null || marks[1] == chunk).ShouldBeTrue($"chunk {chunk}");
            (chunk < Chunks || marks is null).ShouldBeTrue();
            range.Done((long)chunk * ScoutedRange.Chunk);
            Thread.SpinWait(200);
        }

        marked.ShouldBePositive();
    }

    [Fact]
    public void Marked_APartOfAChunk_ThoseInsideAlone()
    {
        ushort[] all = [.. Enumerable.Repeat(ushort.MaxValue, ScoutedRange.Chunk / 16)];
        fixed (ushort* marks = all)
        {
            for (long from = 512; from < 580; from++)
            {
                for (long to = from; to < 580; to++)
                {
                    for (long batch = from & -16; batch < to; batch += 16)
                    {
                        uint expected = 0;
                        for (int j = 0; j < 16; j++)
                        {
                            expected |= batch + j >= from && batch + j < to ? 1u << j : 0;
                        }

                        (ScoutedRange.Marked(marks, batch, from, to) == expected).ShouldBeTrue($"[{from}, {to}) at {batch}");
                    }
                }
            }
        }
    }

    // As a pass that is slower than its scout, from a chunk to the first that the scout was at before; it stays there.
    private static int GoToMarks(ScoutedRange range, int chunk, bool reversed)
    {
        for (; !IsMarked(range, chunk, reversed); chunk++)
        {
            chunk.ShouldBeLessThan(Chunks);
            range.Done(StartOf(chunk, reversed));
            Thread.Sleep(1);
        }

        return chunk;
    }

    private static bool IsMarked(ScoutedRange range, int chunk, bool reversed) => range.MarksAt(StartOf(chunk, reversed)) is not null;

    private static long StartOf(int chunk, bool reversed) => (long)(reversed ? Chunks - 1 - chunk : chunk) * ScoutedRange.Chunk;
}
