using System.Reflection;

namespace ChainWatch.ApiReference;

/// <summary>The names by which the compiler's XML documentation knows types and members (C# specification, annex D).</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        FieldInfo => "F:" + Qualified(member),
        EventInfo => "E:" + Qualified(member),
        PropertyInfo property => "P:" + Qualified(member) + Parameters(property.GetIndexParameters()),
        MethodBase method => "M:" + Qualified(member) + Arity(method) + Parameters(method.GetParameters()) + Conversion(method),
        _ => throw new ArgumentException($"{member.Name} has no documentation", nameof(member)),
    };

    private static string Qualified(MemberInfo member) => $"{NameOf(member.DeclaringType!)}.{member.Name.Replace('.', '#')}";

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string Arity(MethodBase method) => method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";

    private static string Conversion(MethodBase method) => method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? "~" + Encoded(conversion.ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) => parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => Encoded(p.ParameterType)))})";

    private static string Encoded(Type type)
    {
        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        if (type.HasElementType)
        {
            string element = Encoded(type.GetElementType()!);
            return type.IsByRef ? element + "@" : type.IsPointer ? element + "*" : type.GetArrayRank() == 1 ? element + "[]" : $"{element}[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]";
        }

        if (!type.IsGenericType)
        {
            return NameOf(type);
        }

        string open = NameOf(type.GetGenericTypeDefinition());
        return $"{open[..open.LastIndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(Encoded))}}}";
    }
}
