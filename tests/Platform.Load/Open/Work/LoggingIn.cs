using System.Collections.Concurrent;
using Platform.Load.Logins;

namespace Platform.Load.Open.Work;

/// <summary>Whole logins at the identity servers, each person at one browser at a time.</summary>
internal sealed class LoggingIn : IWork, IDisposable
{
    private const string Nobody = "not sent: nobody free to log in";
    private readonly LoadTarget _target;
    private readonly LoginTarget _login;
    private readonly IdentityAsking _asking;
    private readonly CancellationToken _ended;
    private readonly ConcurrentQueue<LoginCaller> _free;

    public LoggingIn(LoadTarget target, IdentityAsking asking, CancellationToken ended)
    {
        (_target, _asking, _ended) = (target, asking, ended);
        _login = target.Login ?? throw new ArgumentException("Nobody can log in at this target.", nameof(target));
        _free = new(Enumerable.Range(0, target.People).Select(person => new LoginCaller(_login, person)));
    }

    public bool ConcernsCitizen => false;

    public async ValueTask<Done> Do(Arrival arrival)
    {
        if (!_free.TryDequeue(out var caller))
        {
            return Done.NotSent(Nobody);
        }

        var done = await _asking.Ask(arrival.Instance % _target.Identities, instance =>
        {
            caller.Instance = _login.Instances is [] ? 0 : instance;
            return caller.Login(_ended);
        });
        if (!done.IsAnswered)
        {
            // What the session is worth is not known: the person begins anew.
            caller.Dispose();
            caller = new LoginCaller(_login, caller.Index);
        }

        _free.Enqueue(caller);
        return done;
    }

    public void Dispose()
    {
        foreach (var caller in _free)
        {
            caller.Dispose();
        }
    }
}
