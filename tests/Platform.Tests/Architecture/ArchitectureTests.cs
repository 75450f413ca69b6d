using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Platform.Contracts;
using Platform.Domain;
using Platform.Silo.Citizens;
using Xunit;

namespace Platform.Tests.Architecture;

/// <summary>What the projects' references cannot hold.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(DomainJson).Assembly;
    private static readonly Assembly Contracts = typeof(ICitizenSelf).Assembly;
    private static readonly Assembly Silo = typeof(CitizenState).Assembly;
    private static readonly Assembly Api = typeof(Platform.Api.PlatformApi).Assembly;
    private static readonly Assembly Portal = typeof(Platform.Portal.PortalHost).Assembly;

    private static readonly string[] TopLevel =
    [
        "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "Platform.sln", "README.md", "api", "global.json", "k8s", "silo", "src",
        "tests",
    ];

    // The 32 zero bytes with which a chain of batches begins.
    private static readonly string[] ReadByEverybodyChangedByNobody = ["Platform.Silo.Ledger.BatchDigest.<Start>k__BackingField"];

    private static readonly string[] MadeByBuilds = ["artifacts", "bin", "data", "obj", "TestResults"];

    [Fact]
    public void The_domain_knows_nothing_but_the_base_library()
    {
        Assert.All(Domain.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
        var project = File.ReadAllText(Path.Combine(Root(), "src", "Domain", "Platform.Domain.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_shared_by_all_requests_can_be_changed() => Assert.Empty(
        Written(Domain, Contracts, Silo, Api, Portal)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && (!field.IsInitOnly || IsMutable(field)))
            .Select(field => $"{field.DeclaringType}.{field.Name}")
            .Except(ReadByEverybodyChangedByNobody));

    [Fact]
    public void A_grain_and_its_interfaces_have_names_of_their_own_on_the_wire()
    {
        var grains = Written(Silo, Contracts).Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IGrain))).ToArray();
        var interfaces = Written(Silo, Contracts).Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))).ToArray();

        Assert.NotEmpty(grains);
        Assert.NotEmpty(interfaces);
        Assert.DoesNotContain(grains, type => !type.IsDefined(typeof(GrainTypeAttribute), inherit: false));
        Assert.DoesNotContain(interfaces, type => !type.IsDefined(typeof(GrainInterfaceTypeAttribute), inherit: false));
        Assert.DoesNotContain(interfaces, type => !type.IsDefined(typeof(AliasAttribute), inherit: false));
        Assert.DoesNotContain(interfaces.SelectMany(type => type.GetMethods()), method => !method.IsDefined(typeof(AliasAttribute)));
    }

    [Fact]
    public void Everything_that_crosses_the_wire_has_an_alias_and_numbered_members()
    {
        var records = Written(Contracts).Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)).ToArray();

        Assert.NotEmpty(records);
        Assert.DoesNotContain(records, type => !type.IsDefined(typeof(AliasAttribute), inherit: false));
        Assert.Equal(records.Length, records.Select(type => type.GetCustomAttribute<AliasAttribute>()!.Alias).Distinct().Count());
        Assert.All(records, type =>
        {
            var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
            Assert.All(properties, property => Assert.True(property.IsDefined(typeof(IdAttribute)), $"{type.Name}.{property.Name}"));
            Assert.Equal(properties.Length, properties.Select(property => property.GetCustomAttribute<IdAttribute>()!.Id).Distinct().Count());
        });
    }

    [Fact]
    public void The_room_list_of_the_repository_is_the_agreed_one()
    {
        var found = Directory.EnumerateFileSystemEntries(Root())
            .Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.') && !MadeByBuilds.Contains(name) && !name.EndsWith(".user", StringComparison.Ordinal));

        Assert.Empty(found.Except(TopLevel));
        Assert.Empty(TopLevel.Except(found));
    }

    [Theory]
    [InlineData("Platform.Domain")]
    [InlineData("Platform.Contracts")]
    public void Every_public_type_says_what_it_promises(string name)
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml"));
        var said = documentation.Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();

        var assembly = name == "Platform.Domain" ? Domain : Contracts;
        Assert.Empty(Written(assembly).Where(type => type.IsVisible).Select(type => "T:" + type.FullName!.Replace('+', '.')).Except(said));
    }

    [Fact]
    public void The_API_never_sees_the_silo() =>
        Assert.DoesNotContain(Api.GetReferencedAssemblies(), reference => reference.Name is "Platform.Silo" or "Npgsql" or "Microsoft.Data.Sqlite");

    [Fact]
    public void The_portal_speaks_HTTP_and_knows_no_room_but_hosting()
    {
        Assert.DoesNotContain(
            Portal.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("Platform.", StringComparison.Ordinal) && reference.Name != "Platform.Hosting");
        var project = File.ReadAllText(Path.Combine(Root(), "src", "Portal", "Platform.Portal.csproj"));
        Assert.Equal(["../Hosting/Platform.Hosting.csproj"], XDocument.Parse(project).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value));
    }

    // What compilers and generators add is theirs to answer for.
    private static IEnumerable<Type> Written(params Assembly[] assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal)
            && type.Namespace?.StartsWith("Platform.", StringComparison.Ordinal) == true
            && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)));

    // A private array is a constant list as long as its own class leaves it alone; one that others can reach is not.
    private static bool IsMutable(FieldInfo field) =>
        field.FieldType.IsArray ? !field.IsPrivate || field.Name.Contains('<', StringComparison.Ordinal) : IsMutable(field.FieldType);

    private static bool IsMutable(Type type) =>
        type.IsArray
        || (type.IsAssignableTo(typeof(IList)) && !IsImmutable(type))
        || (type.IsAssignableTo(typeof(IDictionary)) && !IsImmutable(type))
        || (type.IsGenericType && type.GetGenericTypeDefinition().Namespace is "System.Collections.Generic" or "System.Collections.Concurrent"
            && type.IsClass && type.GetMethod("Add") is not null);

    private static bool IsImmutable(Type type) => type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen";

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
