using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Platform.Contracts;

namespace Platform.Tests.Api;

/// <summary>Grains with programmable answers. They are proxies made at run time, so no cluster of another test finds them as grain classes.</summary>
sealed class FakeGrains
{
    readonly ConcurrentDictionary<(Type, string), Func<GrainCall, object>> _answers = new();

    public ConcurrentQueue<GrainCall> Calls { get; } = new();

    public IGrainFactory Factory => Proxy.Make<IGrainFactory>((method, arguments) => (method.Name, arguments) switch
    {
        (nameof(IGrainFactory.GetGrain), [GrainId id, GrainInterfaceType type]) => Grain(TypeOf(type), id.Key.ToString()!),
        (nameof(IGrainFactory.GetGrain), _) => Grain(
            method.GetGenericArguments()[0], Convert.ToString(arguments[0], System.Globalization.CultureInfo.InvariantCulture)!),
        _ => throw new NotSupportedException(method.Name),
    });

    public FakeGrains On<TGrain, TAnswer>(string method, Func<GrainCall, TAnswer> answer)
    {
        _answers[(typeof(TGrain), method)] = call => Task.FromResult(answer(call));
        return this;
    }

    /// <summary>As the other, for an answer that takes its time.</summary>
    public FakeGrains OnLater<TGrain, TAnswer>(string method, Func<Task<TAnswer>> answer)
    {
        _answers[(typeof(TGrain), method)] = _ => answer();
        return this;
    }

    public GrainCall Last => Calls.Last();

    public void Forget()
    {
        _answers.Clear();
        Calls.Clear();
    }

    static Type TypeOf(GrainInterfaceType named) => typeof(ICitizenDisclosures).Assembly.GetTypes()
        .Single(type => type.GetCustomAttribute<GrainInterfaceTypeAttribute>() is { } name && name.GetGrainInterfaceType(null!, type) == named);

    object Grain(Type type, string key) => Proxy.Make(type, (method, arguments) =>
    {
        var call = new GrainCall(method.Name, key, arguments);
        Calls.Enqueue(call);
        try
        {
            return _answers.TryGetValue((type, method.Name), out var answer) ? answer(call) : throw new InvalidOperationException($"No answer for {method.Name}.");
        }
        catch (Exception fault)
        {
            return typeof(Task).GetMethod(nameof(Task.FromException), 1, [typeof(Exception)])!
                .MakeGenericMethod(method.ReturnType.GenericTypeArguments[0]).Invoke(null, [fault])!;
        }
    });

    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
    internal class Proxy : DispatchProxy
    {
        Func<MethodInfo, object?[], object>? _invoke;

        public static T Make<T>(Func<MethodInfo, object?[], object> invoke) where T : class => (T)Make(typeof(T), invoke);

        public static object Make(Type type, Func<MethodInfo, object?[], object> invoke)
        {
            var proxy = Create(type, typeof(Proxy));
            ((Proxy)proxy)._invoke = invoke;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _invoke!(targetMethod!, args ?? []);
    }
}

sealed record GrainCall(string Method, string Key, object?[] Arguments)
{
    public T Argument<T>(int index = 0) => (T)Arguments[index]!;
}
