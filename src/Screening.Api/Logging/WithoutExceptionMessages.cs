using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace Screening.Api.Logging;

/// <summary>
/// Forwards log events without exception messages: a library's message may quote an answer. The types and stack traces are kept, including
/// those of inner exceptions.
/// </summary>
internal sealed class WithoutExceptionMessages(ILogEventSink sink) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) =>
        sink.Emit(logEvent.Exception is { } exception ? Replace(logEvent, new RedactedException(exception)) : logEvent);

    private static LogEvent Replace(LogEvent logEvent, Exception exception) => new(
        logEvent.Timestamp,
        logEvent.Level,
        exception,
        logEvent.MessageTemplate,
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
        logEvent.TraceId ?? default,
        logEvent.SpanId ?? default);

    /// <summary>Formatters write an exception by its <see cref="ToString"/>, so this replaces the text.</summary>
    private sealed class RedactedException(Exception exception) : Exception
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

            foreach (var cause in exception is AggregateException aggregate ? aggregate.InnerExceptions : [exception.InnerException!])
            {
                if (cause is not null)
                {
                    Append(text.Append("\n caused by "), cause);
                }
            }
        }
    }
}
