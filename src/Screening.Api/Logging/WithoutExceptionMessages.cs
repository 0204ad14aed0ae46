using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace Screening.Api.Logging;

/// <summary>
/// Hands log events on, each exception without its message: that of a library may quote what a person answered. Its type stays, and where
/// it was thrown, of each that caused it too.
/// </summary>
internal sealed class WithoutExceptionMessages(ILogEventSink sink) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) =>
        sink.Emit(logEvent.Exception is { } exception ? With(logEvent, new TypesAndPlaces(exception)) : logEvent);

    private static LogEvent With(LogEvent line, Exception exception) => new(
        line.Timestamp,
        line.Level,
        exception,
        line.MessageTemplate,
        line.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
        line.TraceId ?? default,
        line.SpanId ?? default);

    /// <summary>Every formatter writes an exception as its own text: this is that text.</summary>
    private sealed class TypesAndPlaces(Exception exception) : Exception
    {
        public override string ToString()
        {
            var text = new StringBuilder();
            Append(text, exception);
            return text.ToString();
        }

        private static void Append(StringBuilder text, Exception exception)
        {
            text.Append(exception.GetType());
            if (exception.StackTrace is { } trace)
            {
                text.Append('\n').Append(trace);
            }

            foreach (var cause in exception is AggregateException several ? several.InnerExceptions : [exception.InnerException!])
            {
                if (cause is not null)
                {
                    Append(text.Append("\n caused by "), cause);
                }
            }
        }
    }
}
