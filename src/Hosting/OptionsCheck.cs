using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Hosting;

/// <summary>Applies annotations and <see cref="IValidatableObject"/>; unlike the framework's check it reports the plain sentences.</summary>
sealed class OptionsCheck<TOptions> : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var findings = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), findings, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(findings.Select(finding => finding.ErrorMessage ?? "A setting is wrong."));
    }
}
