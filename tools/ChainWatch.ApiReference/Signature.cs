using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ChainWatch.ApiReference;

/// <summary>Declarations as C# writes them, without the word public.</summary>
internal static class Signature
{
    /// <summary>A type's name with its type parameters.</summary>
    public static string NameOf(Type type) => TypeNames.Of(type);

    public static string OfType(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeNames.Of(invoke.ReturnParameter)} {NameOf(type)}({Parameters(invoke)})";
        }

        string[] bases = [.. Bases(type)];
        return $"{Kind(type)} {NameOf(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type.IsGenericType ? type.GetGenericArguments() : [])}";
    }

    public static string OfMember(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Modifiers(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        FieldInfo { DeclaringType.IsEnum: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field)} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "")}",
        PropertyInfo property => OfProperty(property),
        EventInfo @event => $"{Modifiers(@event.AddMethod!)}event {TypeNames.Of(@event)} {@event.Name}",
        MethodInfo method => OfMethod(method),
        _ => throw new ArgumentException($"no declaration of {member.MemberType} {member.Name}", nameof(member)),
    };

    private static string OfProperty(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly)];
        string words = string.Concat(accessors.OrderBy(a => a.Name.Split('.')[^1], StringComparer.Ordinal).Select(a =>
            $"{(a.IsPublic ? "" : accessors.Any(other => other.IsPublic) ? "protected " : "")}{(a.Name.StartsWith("get_", StringComparison.Ordinal) ? "get" : IsInit(a) ? "init" : "set")}; "));
        string name = property.GetIndexParameters() is { Length: > 0 } indexes ? $"this[{string.Join(", ", indexes.Select(Parameter))}]" : property.Name;
        bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        return $"{Modifiers(accessors[0])}{(isRequired ? "required " : "")}{TypeNames.Of(property)} {name} {{ {words}}}";
    }

    private static string OfMethod(MethodInfo method)
    {
        string name = method.Name switch
        {
            "op_Implicit" => "implicit operator",
            "op_Explicit" => "explicit operator",
            _ => method.Name.StartsWith("op_", StringComparison.Ordinal) ? $"operator {method.Name[3..]}" : method.Name,
        };
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(a => a.Name))}>" : "";
        string @ref = method.ReturnType.IsByRef ? "ref " : "";
        return $"{Modifiers(method)}{@ref}{TypeNames.Of(method.ReturnParameter)} {name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        bool isRecord = IsRecord(type);
        if (type.IsValueType)
        {
            return $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(isRecord ? "record " : "")}struct";
        }

        return $"{(type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(isRecord ? "record" : "class")}";
    }

    // Named here alone, not again with what a base type or another interface brings along; a record's own comparison goes without saying.
    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetUnderlyingType(type) == typeof(int) ? [] : [NameOf(Enum.GetUnderlyingType(type))];
        }

        Type[] all = type.GetInterfaces();
        HashSet<Type> implied = [.. all.SelectMany(i => i.GetInterfaces()), .. type.BaseType?.GetInterfaces() ?? []];
        IEnumerable<string> interfaces = all.Where(i => !implied.Contains(i) && !(IsRecord(type) && i == typeof(IEquatable<>).MakeGenericType(type))).Select(NameOf).Order(StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? interfaces.Prepend(NameOf(parent)) : interfaces;
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(a => a.IsGenericParameter).Select(argument =>
    {
        GenericParameterAttributes special = argument.GenericParameterAttributes;
        List<string> words = [];
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            words.Add("class");
        }

        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            words.Add("struct");
        }

        words.AddRange(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(NameOf).Order(StringComparer.Ordinal));
        if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            words.Add("new()");
        }

        return words.Count > 0 ? $" where {argument.Name} : {string.Join(", ", words)}" : "";
    }));

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.DeclaringType!.IsInterface)
        {
            return access + (method.IsStatic ? "static " : method.IsAbstract ? "" : "virtual ");
        }

        bool isOverride = method is MethodInfo { IsVirtual: true } info && info.GetBaseDefinition() != info;
        return access + (method.IsStatic ? "static " : isOverride ? "override " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string passed = parameter.IsOut ? "out " : parameter.IsIn && parameter.ParameterType.IsByRef ? "in " : parameter.ParameterType.IsByRef ? "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        return $"{passed}{TypeNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "")}";
    }

    private static string Literal(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            bool flag => flag ? "true" : "false",
            string text => $"\"{text}\"",
            char letter => $"'{letter}'",
            _ when plain.IsEnum => $"{NameOf(plain)}.{Enum.ToObject(plain, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
