namespace Platform.Api.Input;

/// <summary>A request body that knows what its members must look like beyond their JSON type.</summary>
interface IChecked
{
    /// <summary>The one member whose text may have line feeds, as a JSON pointer.</summary>
    static virtual string? LinesAt => null;

    void Check(InputCheck check);
}
