namespace Platform.Load.Open;

/// <summary>One operation as it was planned before anything was sent.</summary>
/// <param name="Number">Position in the schedule.</param>
/// <param name="At">Intended start, in microseconds since the run began.</param>
/// <param name="Workload">What it does.</param>
/// <param name="Citizen">Whom it is about, by index.</param>
/// <param name="Instance">Which instance is asked first; taken modulo the number of instances.</param>
/// <param name="Dice">Chance for whatever else it has to choose.</param>
internal readonly record struct Arrival(long Number, long At, Workload Workload, int Citizen, int Instance, int Dice);
