using System.Reflection;
using System.Runtime.CompilerServices;

namespace ChainWatch.ApiReference;

/// <summary>Names of types as C# writes them: with keywords, nullable marks and the names of tuple elements.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>A type where nothing is known of nulls.</summary>
    public static string Of(Type type) => Write(type, null, new Queue<string?>());

    public static string Of(ParameterInfo parameter) => Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), ElementNames(parameter));

    public static string Of(PropertyInfo property) => Write(property.PropertyType, new NullabilityInfoContext().Create(property), ElementNames(property));

    public static string Of(FieldInfo field) => Write(field.FieldType, new NullabilityInfoContext().Create(field), ElementNames(field));

    public static string Of(EventInfo @event) => Write(@event.EventHandlerType!, new NullabilityInfoContext().Create(@event), ElementNames(@event));

    // In the order of the types: those of an outer tuple before those of the tuples in it.
    private static Queue<string?> ElementNames(ICustomAttributeProvider provider) =>
        new(provider.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false).Cast<TupleElementNamesAttribute>().FirstOrDefault()?.TransformNames ?? []);

    private static string Write(Type type, NullabilityInfo? nulls, Queue<string?> elementNames)
    {
        string mark = !type.IsValueType && nulls is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable, Type.IsValueType: false } ? "?" : "";
        if (type.IsByRef)
        {
            return Write(type.GetElementType()!, nulls, elementNames);
        }

        if (Nullable.GetUnderlyingType(type) is Type value)
        {
            return Write(value, nulls?.GenericTypeArguments is [NullabilityInfo inner] ? inner : null, elementNames) + "?";
        }

        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, nulls?.ElementType, elementNames)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (type.IsPointer)
        {
            return Write(type.GetElementType()!, null, elementNames) + "*";
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword + mark;
        }

        if (!type.IsGenericType)
        {
            return Outer(type) + type.Name + mark;
        }

        Type[] arguments = type.GetGenericArguments();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true && arguments.Length < 8)
        {
            string?[] names = [.. arguments.Select(_ => elementNames.TryDequeue(out string? name) ? name : null)];
            return $"({string.Join(", ", arguments.Select((a, i) => Argument(a, i) + (names[i] is string name ? " " + name : "")))})";
        }

        // The arguments of the types around it come first; those are written with their own.
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string own = type.Name.Split('`')[0];
        return arguments.Length == outer ? Outer(type) + own + mark : $"{Outer(type)}{own}<{string.Join(", ", arguments.Skip(outer).Select((a, i) => Argument(a, i + outer)))}>{mark}";

        string Argument(Type argument, int i) => Write(argument, nulls is not null && i < nulls.GenericTypeArguments.Length ? nulls.GenericTypeArguments[i] : null, elementNames);
    }

    private static string Outer(Type type) => type is { IsNested: true, IsGenericParameter: false } ? Of(type.DeclaringType!) + "." : "";
}
