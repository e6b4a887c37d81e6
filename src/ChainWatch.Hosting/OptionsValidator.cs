using ChainWatch.Sources;
using Microsoft.Extensions.Options;

namespace ChainWatch.Hosting;

/// <summary>Refuses options that are not as they must be, before anything starts; all problems at once.</summary>
internal sealed class OptionsValidator(IEnumerable<IChainSource> sources) : IValidateOptions<ChainWatchOptions>
{
    public ValidateOptionsResult Validate(string? name, ChainWatchOptions options)
    {
        IReadOnlyList<string> problems = OptionsProblems.Of(options, sources.Any());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
