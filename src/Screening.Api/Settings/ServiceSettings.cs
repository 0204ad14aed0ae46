using System.Reflection;
using Screening.Fhir.CdsHooks;
using Serilog.Events;

namespace Screening.Api.Settings;

/// <summary>Every setting of the service, in the order of the table in src/Operations.md.</summary>
internal static class ServiceSettings
{
    // Timers are limited to some weeks.
    private const int DaySeconds = 24 * 60 * 60;

    // A lower limit would refuse the largest call forever.
    private const int LeastPermits = HookRequestReader.MostAppointments;
    private const int MostPermits = 10_000_000;
    private const int LastPort = 65_535;

    public static readonly ServerSetting Ports = new("http_ports", "ports, with semicolons")
    {
        Default = "8080 in the container",
        Meaning = "The ports to listen on, on every network.",
    };

    public static readonly ServerSetting Urls = new("urls", "addresses such as http://127.0.0.1:8080, with semicolons")
    {
        Default = "http://localhost:5000 outside the container",
        Meaning = "The addresses to listen on, in place of the ports.",
    };

    public static readonly ServerSetting SecurePorts = new("https_ports", "ports, with semicolons")
    {
        Meaning = "The ports to listen on with TLS, on every network.",
    };

    public static readonly TextSetting Certificate = new("Kestrel:Certificates:Default:Path", "the path of a certificate, in PEM or PFX")
    {
        Meaning =
            "The certificate of ports and addresses with TLS; the key of one in PEM is at `Kestrel__Certificates__Default__KeyPath`, and"
            + " `Kestrel__Certificates__Default__Password` opens either. Without it TLS is the gateway's.",
    };

    public static readonly EndpointsSetting Endpoints = new("Kestrel:Endpoints", "an address such as http://127.0.0.1:8080")
    {
        Meaning = "The addresses to listen on, each with a name, in place of both.",
    };

    public static readonly WholeNumberSetting MetricsPort = new("Metrics:Port", 1, LastPort, otherwise: 0)
    {
        Meaning = "The port of `/metrics`, for Prometheus, which nothing else answers on. Without it there is no such page.",
    };

    public static readonly OtelSetting OtlpEndpoint = new("OTEL_EXPORTER_OTLP_ENDPOINT", OtelSetting.Address)
    {
        Meaning = "Where metrics and traces are sent, by OTLP. OpenTelemetry's other variables (`OTEL_SERVICE_NAME`,"
            + " `OTEL_EXPORTER_OTLP_PROTOCOL`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` …) are read too.",
    };

    public static readonly OtelSetting OtlpMetricsEndpoint = new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", OtelSetting.Address)
    {
        Meaning = "Where metrics are sent, in place of it.",
    };

    public static readonly OtelSetting OtlpTracesEndpoint = new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", OtelSetting.Address)
    {
        Meaning = "Where traces are sent, in place of it.",
    };

    public static readonly OtelSetting OtelMetricsExporter = new("OTEL_METRICS_EXPORTER", OtelSetting.Exporter)
    {
        Default = "otlp with an address, else none",
        Meaning = "Whether metrics are sent by OTLP.",
    };

    public static readonly OtelSetting OtelTracesExporter = new("OTEL_TRACES_EXPORTER", OtelSetting.Exporter)
    {
        Default = "otlp with an address, else none",
        Meaning = "Whether traces are sent by OTLP.",
    };

    public static readonly SwitchSetting OtelDisabled = new("OTEL_SDK_DISABLED", otherwise: false)
    {
        Default = "false",
        Meaning = "`true` tells no metrics and no traces at all, whatever else is set.",
    };

    public static readonly TextSetting ProtocolsFolder = new("Protocols:Folder", "a folder")
    {
        Meaning = "Further protocol files, read once at start.",
    };

    public static readonly TextSetting ClinicTimeZone =
        new("Clinic:TimeZone", "the name of an IANA time zone, such as America/New_York, in its exact spelling")
        {
            Meaning = "The clinic's zone: what the intake form begins with, and for CDS Hooks calls whose Appointment names none (without it"
                + " every zone is tried and the worst outcome shown) and for `$populate` without `timeZone`.",
        };

    public static readonly ListSetting CdsPrefetch = new(
        "Cds:Prefetch",
        "a list of any of these: " + string.Join(", ", PrefetchTemplate.Further.Select(template => $"{template.Key} ({template.Type})")))
    {
        Meaning = "What CDS Hooks clients are asked to fetch beside the searches that every server of US Core has; what is not asked for is"
            + " named in the card.",
    };

    public static readonly ListSetting FormsCanonicals = new(
        "Forms:Canonicals",
        "a list of canonical URLs, such as https://forms.example.org/Questionnaire/skin, or of references such as Questionnaire/123, each"
        + " perhaps with |version")
    {
        Meaning = "Further names under which a filled-in intake form counts; the protocol's own count in any case, relative or with a"
            + " version.",
    };

    public static readonly TextSetting PublicUrl =
        new("Service:PublicUrl", "an address such as https://screening.example.org, without a query")
        {
            Meaning = "Where clients reach the service, perhaps with a path, which a proxy may cut off or leave on; for every address in a"
                + " response, and the only host name besides localhost that requests may be sent to. Without it the service answers on"
                + " localhost alone.",
        };

    public static readonly TextSetting AllowedHosts =
        new("AllowedHosts", "host names with semicolons between them, such as screening.example.org;*.clinic.example")
        {
            Meaning = "Further host names, in place of these; `*` for any. Health checks may use any.",
        };

    public static readonly TextSetting AccessClients = new("Access:Clients", "the path of a clients file")
    {
        Meaning = "Who may call, by which keys; the command `new-key` adds one. It is read again every two seconds; one with a flaw"
            + " changes nothing.",
    };

    public static readonly TextSetting AccessIssuers = new("Access:Issuers", "the path of an issuers file")
    {
        Meaning = "Whose signed tokens are taken: authorization servers (OAuth 2), and CDS clients, which need `Service__PublicUrl`. It is"
            + " read again like the clients file.",
    };

    public static readonly TextSetting AccessAuthorities = new("Access:CertificateAuthorities", "the path of a file of certificates in PEM")
    {
        Meaning = "Whose client certificates count, with TLS here (mutual TLS): the authorities, roots and those between. The clients file"
            + " says whose certificate is whose.",
    };

    public static readonly SwitchSetting AccessOpen = new("Access:Open", otherwise: false)
    {
        Default = "false",
        Meaning = "`true` lets in whoever reaches the service, in place of clients; each start says so.",
    };

    public static readonly ListSetting AccessKnownNetworks =
        new("Access:KnownNetworks", "a list of networks, such as 10.20.0.0/16 or fd00:1::/64. One of all addresses is not one")
        {
            Meaning = "The proxies whose word on the client's address and scheme is taken (`X-Forwarded-For`, `X-Forwarded-Proto`).",
        };

    public static readonly ServerSetting ForwardedHeaders = new("forwardedHeaders_enabled", "nothing")
    {
        Meaning = "It would take any caller's word for its address: outside development it stops the start.",
    };

    public static readonly WholeNumberSetting LimitsPerMinute = new("Limits:PerMinute", LeastPermits, MostPermits, 60_000)
    {
        Default = "60000",
        Meaning =
            "The permits that a client gets back in a minute: one for each request, for each line of a batch, and for each appointment"
            + " of a CDS Hooks call. `permitsPerMinute` in the clients file is for one client.",
    };

    public static readonly WholeNumberSetting LimitsBurst = new("Limits:Burst", LeastPermits, MostPermits, 10_000)
    {
        Default = "10000",
        Meaning = "The permits that a client can have saved up, and take at once; never more than those of a minute.",
    };

    public static readonly WholeNumberSetting LimitsRefusalsPerMinute = new("Limits:RefusalsPerMinute", 1, MostPermits, 60)
    {
        Default = "60",
        Meaning = "How many requests without good credentials are answered `401` to one address (of IPv6: to one network of 64 bits) in a"
            + " minute; further ones get `429`. Good credentials are let in whatever else comes from their address.",
    };

    public static readonly SwitchSetting IntakeOpen = new("Intake:Open", otherwise: false)
    {
        Default = "false; in Development open on this machine",
        Meaning = "`true` lets whoever reaches the service fill in the intake form for people, `/intake/{protocol}`, without a key. Without it"
            + " the form is for clients, in a browser by their certificates.",
    };

    public static readonly WholeNumberSetting IntakePerMinute = new("Intake:PerMinute", 1, MostPermits, 120)
    {
        Default = "120",
        Meaning = "How many requests of an open intake form are answered to one address (of IPv6: to one network of 64 bits) in a minute;"
            + " a whole clinic may share one. Further ones get `429`.",
    };

    public static readonly SwitchSetting OpenApiServed = new("OpenApi:Served", otherwise: false)
    {
        Default = "false; in Development true",
        Meaning = "Serves the OpenAPI document and Swagger UI, to whoever reaches the service.",
    };

    public static readonly WholeNumberSetting ConnectionsMax = new("Connections:Max", 1, 1_000_000, 2000)
    {
        Default = "2000",
        Meaning = "Connections at a time, and no more than the process may have open and has memory for; a further one takes the place of"
            + " the longest idle, or gets `503`.",
    };

    public static readonly WholeNumberSetting DrainSeconds = new("Shutdown:DrainSeconds", 0, 600, 10)
    {
        Default = "10; in Development 0",
        Meaning = "How long requests are served after SIGTERM before the listener closes; give the container 45 seconds to stop.",
    };

    public static readonly KeySetting DecisionLinksKey = new("DecisionLinks:Key")
    {
        Default = "a process's own",
        Meaning = "The key of links to decisions (`openssl rand -base64 32`), the same for every instance, so that each opens the links"
            + " that another made.",
    };

    public static readonly WholeNumberSetting DecisionLinksMinutes = new("DecisionLinks:Minutes", 0, 24 * 60, 60)
    {
        Default = "60",
        Meaning = "How long such a link lasts; `0` for no links, and to close those that were handed out.",
    };

    public static readonly KeySetting CarePlansKey = new("CarePlans:Key")
    {
        Default = "a process's own",
        Meaning = "The key, the same for every instance, of the identity of calendar entries whose request has no `reference`: without it,"
            + " it changes with the process, and a calendar imported again or cancelled later does not find its entries, "
            + "and outside development the log says so at the start.",
    };

    public static readonly SigningKeysSetting ReceiptsKeys = new("Receipts:Keys", "the path of a file of signing keys")
    {
        Default = "in Development a process's own",
        Meaning = "The keys that sign receipts: EC P-256 in PEM, each `current` (exactly one, with its private half), `next`, `retired` or"
            + " `revoked` (with `RevokedAt` and `Reason`). The file is read again every two seconds, one with a flaw changes nothing; keys"
            + " of variables stay until a restart.",
    };

    public static readonly SwitchSetting ReceiptsAlways = new("Receipts:Always", otherwise: false)
    {
        Default = "false",
        Meaning = "`true` signs a receipt of each decision that is answered as JSON or as a page, without `Prefer: receipt`; it needs"
            + " keys.",
    };

    public static readonly WholeNumberSetting MoveMaxDays = new("Move:MaxDays", 0, 3650, 30)
    {
        Default = "30",
        Meaning = "How many days after they were given answers count for a moved appointment, by `POST /v1/decisions/move`.",
    };

    public static readonly ListSetting CorsOrigins = new(
        "Cors:Origins",
        "a list of origins, such as https://ehr.example.org: a scheme, a host and perhaps a port, without a slash at the end. A star is"
        + " not one")
    {
        Meaning = "Whose web pages may call the service from a browser; none unless named.",
    };

    public static readonly LevelsSetting LogLevels =
        new("Serilog:MinimumLevel", Enum.GetNames<LogEventLevel>())
        {
            Default = "Information",
            Meaning = "The least level that is logged; `Warning` leaves out the lines of requests."
                + " `Serilog__MinimumLevel__Override__Microsoft` and the like are for the framework's lines, of which those below "
                + "`Warning` are never written: they name paths.",
        };

    // A batch keeps a core busy while its client is fast and waits while it is slow: allow more batches than cores, and a short queue.
    public static readonly WholeNumberSetting BatchMaxConcurrent =
        new("Batch:MaxConcurrent", 1, int.MaxValue, 2 * Environment.ProcessorCount)
        {
            Default = "two for each processor",
            Meaning = "Batches that are worked on at a time.",
        };

    public static readonly WholeNumberSetting BatchMaxWaiting = new("Batch:MaxWaiting", 0, int.MaxValue, Environment.ProcessorCount)
    {
        Default = "one for each processor",
        Meaning = "Batches that may wait for their turn.",
    };

    public static readonly WholeNumberSetting BatchIdleSeconds = new("Batch:IdleSeconds", 1, DaySeconds, 30)
    {
        Default = "30",
        Meaning = "How long the client of a batch may complete no line, or read nothing of the answers that wait for it; and how long a batch"
            + " waits for its turn.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. typeof(ServiceSettings).GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(field => field.MetadataToken).Select(field => field.GetValue(null)).OfType<Setting>(),
    ];
}
