using System.Reflection;
using System.Runtime.CompilerServices;

namespace ChainWatch.ApiReference;

/// <summary>The members of a type that its users can see and that somebody wrote.</summary>
internal static class PublicMembers
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Constructors, then fields, properties, events and methods, each by name and signature. A delegate has none: its declaration says all.</summary>
    public static IReadOnlyList<MemberInfo> Of(Type type) => type.IsSubclassOf(typeof(Delegate)) ? [] :
    [
        .. type.GetMembers(Declared)
            .Where(m => IsVisible(m, type) && (IsWritten(m) || IsImplicitConstructor(m, type)))
            .OrderBy(Rank)
            .ThenBy(m => type.IsEnum && m is FieldInfo field ? Convert.ToInt64(field.GetRawConstantValue(), null) : 0)
            .ThenBy(m => m.Name, StringComparer.Ordinal)
            .ThenBy(Signature.OfMember, StringComparer.Ordinal),
    ];

    private static bool IsVisible(MemberInfo member, Type type) => member switch
    {
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || (field.IsFamily && !type.IsSealed)),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => IsVisible(a, type)),
        EventInfo @event => IsVisible(@event.AddMethod!, type),
        MethodBase method => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed),
        _ => false,
    };

    // Accessors stand with their properties; what the compiler adds to a record is said by the word.
    private static bool IsWritten(MemberInfo member) => member switch
    {
        MethodInfo method => (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.StartsWith('<'),
        ConstructorInfo { IsStatic: true } => false,
        ConstructorInfo constructor => !constructor.IsDefined(typeof(CompilerGeneratedAttribute)),
        PropertyInfo property => !property.GetAccessors(nonPublic: true).All(a => a.IsDefined(typeof(CompilerGeneratedAttribute)) && property.Name == "EqualityContract"),
        _ => true,
    };

    private static bool IsImplicitConstructor(MemberInfo member, Type type) => member is ConstructorInfo { IsStatic: false } constructor && constructor.GetParameters().Length == 0 && !type.IsAbstract;

    private static int Rank(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        PropertyInfo => 2,
        EventInfo => 3,
        _ => 4,
    };
}
