namespace Platform.Api.Input;

/// <summary>A request body that knows what its members must look like beyond their JSON type.</summary>
interface IChecked
{
    void Check(InputCheck check);
}
