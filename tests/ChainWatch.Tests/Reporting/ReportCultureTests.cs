using System.Globalization;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

public class ReportCultureTests
{
    [Fact]
    public void AllFormats_OtherCulture_SameBytes()
    {
        ReportCase all = new() { Direction = Direction.Both };
        (string Csv, string Note, byte[] Json, byte[] Graph, byte[] Html) plain = (all.Csv(), all.Markdown(), all.Json(), all.GraphMl(), all.Html());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NumberGroupSeparator = ".";
            odd.NumberFormat.NegativeSign = "minus";
            odd.DateTimeFormat.DateSeparator = "/";
            odd.DateTimeFormat.TimeSeparator = "h";
            CultureInfo.CurrentCulture = odd;

            all.Csv().ShouldBe(plain.Csv);
            all.Markdown().ShouldBe(plain.Note);
            all.Json().ShouldBe(plain.Json);
            all.GraphMl().ShouldBe(plain.Graph);
            all.Html().ShouldBe(plain.Html);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
