namespace Platform.Load.Open.Work;

/// <summary>Carries out the arrivals of one workload. It returns when the outcome is known and throws nothing that a faulty server can cause.</summary>
internal interface IWork
{
    /// <summary>Whether it is about a citizen's record, so that it counts among what is under way for the citizen.</summary>
    bool ConcernsCitizen => true;

    ValueTask<Done> Do(Arrival arrival);
}
