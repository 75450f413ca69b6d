using System.Collections.Immutable;
using Platform.Api.Problems;
using Platform.Domain.Catalogue;

namespace Platform.Api.Input;

/// <summary>Attribute paths and predicate names, each once and known to the catalogue.</summary>
static class TargetNames
{
    public const int Most = 100;

    public static void Check(InputCheck check, ImmutableArray<string> targets, string pointer)
    {
        if (targets.Length is 0 or > Most)
        {
            check.Refuse(targets.IsEmpty ? ErrorCodes.TargetsNone : ErrorCodes.TargetsTooMany, pointer);
            return;
        }

        var seen = new HashSet<string>();
        for (var index = 0; index < targets.Length; index++)
        {
            if (!AttributeCatalogue.Shipped.Knows(targets[index]))
            {
                check.Refuse(ErrorCodes.TargetUnknown, $"{pointer}/{index}");
            }
            else if (!seen.Add(targets[index]))
            {
                check.Refuse(ErrorCodes.TargetsDuplicate, $"{pointer}/{index}");
            }
        }
    }
}
