using ChainWatch.Text;

namespace ChainWatch.Tests.Text;

public class PlainCsvRowsTests
{
    // What is read at once may end anywhere: inside a field, before a comma, between CR and LF.
    [Fact]
    public void Rows_ReadInPiecesOfAnyLength_AreTheSame()
    {
        Random random = new(4);
        for (int file = 0; file < 200; file++)
        {
            int fields = random.Next(1, 5);
            List<string> rows = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => string.Join(',', Enumerable.Range(0, fields).Select(i => new string((char)('a' + i), random.Next(i == 0 ? 1 : 0, 60)))))];
            string end = random.Next(2) == 0 ? "\r\n" : "\n";
            bool isEnded = random.Next(2) == 0;
            PlainCsvRows plain = new(new Pieces(System.Text.Encoding.UTF8.GetBytes(string.Join(end, rows) + (isEnded ? end : "")), random));
            List<string> found = [string.Join(',', plain.TryReadHeader().ShouldNotBeNull())];
            while (plain.TryRead())
            {
                plain.Line.ShouldBe(found.Count + 1);
                List<string> row = [];
                for (int i = 0; i < fields; i++)
                {
                    row.Add(System.Text.Encoding.UTF8.GetString(plain[i]));
                }

                found.Add(string.Join(',', row));
            }

            plain.IsAtEnd.ShouldBeTrue();
            found.ShouldBe(rows);
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n4,5\n", 1, "3\n4,5\n")]
    [InlineData("a,b\n1,2\n3,4,5\n", 1, "3,4,5\n")]
    [InlineData("a,b\n1,\"2\"\n", 0, "1,\"2\"\n")]
    [InlineData("a,b\n1,2\r\r\n", 0, "1,2\r\r\n")]
    [InlineData("a,b\n1,2\r", 0, "1,2\r")]
    [InlineData("a,b\n1,2\n\n3,4\n", 1, "\n3,4\n")]
    public void Rows_OfAnotherShape_AreLeft(string text, int plainRows, string rest)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            PlainCsvRows plain = new(new Pieces(System.Text.Encoding.UTF8.GetBytes(text), new Random(seed)));
            plain.TryReadHeader().ShouldBe(["a", "b"]);
            for (int row = 0; row < plainRows; row++)
            {
                plain.TryRead().ShouldBeTrue();
            }

            plain.TryRead().ShouldBeFalse();
            plain.IsAtEnd.ShouldBeFalse();
            plain.Line.ShouldBe(plainRows + 2);
            using StreamReader left = new(plain.Rest("h"u8));
            left.ReadToEnd().ShouldBe("h" + rest);
        }
    }

    private sealed class Pieces(byte[] bytes, Random random) : ForwardStream
    {
        private int _served;

        public override int Read(Span<byte> buffer)
        {
            int served = Math.Min(Math.Min(buffer.Length, bytes.Length - _served), random.Next(1, 50));
            bytes.AsSpan(_served, served).CopyTo(buffer);
            _served += served;
            return served;
        }
    }
}
