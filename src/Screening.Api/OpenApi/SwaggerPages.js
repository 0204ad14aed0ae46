/* A plugin for what Swagger UI does not do by itself with this document. */
function ScreeningPages(system) {
    const { getSampleSchema, isFileUploadIntended } = system.fn;
    const isText = mediaType => /ndjson|xml/.test(mediaType);
    const isPage = mediaType => /html/.test(mediaType);
    const isLines = mediaType => /ndjson/.test(mediaType);
    const indented = line => {
        try { return JSON.stringify(JSON.parse(line), null, 2); } catch { return line; }
    };
    /* Pages stand beside the content of a response, where no generated client finds them; here they are for people to choose. */
    const withPage = response => {
        const page = response['x-other-content']?.['text/html'];
        return page ? { ...response, content: { ...response.content, 'text/html': page } } : response;
    };
    const mapped = (values, change) => Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, change(value)]));
    const withPages = paths => mapped(paths, path => mapped(path, operation =>
        operation?.responses ? { ...operation, responses: mapped(operation.responses, withPage) } : operation));
    /* The page opens with this page's own policy besides the one that stands in it, so that no script of it would run, and it is shown
       nowhere else: its address ends with this page or with the next answer. */
    const PageLink = ({ content }) => {
        const [address, setAddress] = system.React.useState();
        system.React.useEffect(() => {
            const made = URL.createObjectURL(new Blob([content], { type: 'text/html' }));
            setAddress(made);
            return () => URL.revokeObjectURL(made);
        }, [content]);
        return system.React.createElement(
            'a', { className: 'page-link', href: address, target: '_blank', rel: 'noopener' }, 'Open the page');
    };
    return {
        fn: {
            /* Examples that are text are shown as they are: Swagger UI would quote lines of JSON, and invent XML of its own. */
            getSampleSchema: (schema, mediaType, config, example) =>
                typeof example === 'string' && isText(mediaType) ? example : getSampleSchema(schema, mediaType, config, example),
            /* Lines and XML are typed into a box, though programs stream them. */
            isFileUploadIntended: (schema, mediaType) => !isText(mediaType) && isFileUploadIntended(schema, mediaType),
        },
        wrapComponents: {
            /* Lines of JSON are not JSON, but each of them is; a page is a link to itself. */
            responseBody: Original => props => isPage(props.contentType) ? system.React.createElement(PageLink, props)
                : system.React.createElement(Original, !isLines(props.contentType) ? props
                    : { ...props, contentType: 'text/plain', content: String(props.content).trim().split('\n').map(indented).join('\n') }),
        },
        statePlugins: {
            spec: {
                wrapActions: {
                    /* Relative servers first: they are reached from wherever this page was opened. */
                    updateJsonSpec: original => spec => original({
                        ...spec,
                        paths: withPages(spec.paths),
                        servers: spec.servers?.toSorted((one, other) => other.url.startsWith('/') - one.url.startsWith('/')),
                    }),
                },
            },
        },
    };
}

/* Swagger UI takes a form that is text for a list of its characters, and sends a field for each: they are put together again. */
const withForm = intercept => async request => {
    const sent = (await intercept?.(request)) ?? request;
    const isForm = /x-www-form-urlencoded/.test(sent.headers?.['Content-Type'] ?? '');
    const isSpread = isForm && typeof sent.body === 'string' && sent.body.startsWith('0=');
    return isSpread ? Object.assign(sent, { body: [...new URLSearchParams(sent.body).values()].join('') }) : sent;
};

/* Loaded after Swagger UI's own files and before they run. Plugins in its configuration are evaluated, which the page's policy forbids. */
const bundle = window.SwaggerUIBundle;
window.SwaggerUIBundle = Object.assign(config => bundle({
    ...config, requestInterceptor: withForm(config.requestInterceptor), plugins: [...config.plugins ?? [], ScreeningPages],
}), bundle);
