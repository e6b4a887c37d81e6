using System.Text;

namespace ChainWatch.ApiReference;

/// <summary>The public surface of a package as text: a line for each type and member, in an order that does not depend on the source's.</summary>
internal static class ApiBaseline
{
    public static string Write(IEnumerable<Type> types)
    {
        StringBuilder text = new();
        foreach (IGrouping<string?, Type> space in types.GroupBy(t => t.Namespace))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (Type type in space)
            {
                text.Append("  ").Append(Signature.OfType(type)).Append('\n');
                foreach (string member in PublicMembers.Of(type).Select(Signature.OfMember))
                {
                    text.Append("    ").Append(member).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
