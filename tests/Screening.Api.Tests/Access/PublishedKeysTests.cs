using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Screening.Api.Tests.Access;

/// <summary>The tokens of a whole authorization server, whose keys are where its metadata says.</summary>
public sealed class PublishedKeysTests
{
    [Fact]
    public async Task A_client_of_an_authorization_server_gets_a_token_and_is_let_in()
    {
        await using var server = await ServerAsync();
        var address = server.Urls.First();
        await using var tokens = new TokenService();
        Publish(tokens, address, address + "/");

        Assert.Equal((200, "own/salon-7", null), await tokens.SendAsync(await TokenAsync(address, "screening.evaluate")));
        Assert.Equal((403, "-", "scope-missing"), await tokens.SendAsync(await TokenAsync(address, "other")));
    }

    [Fact]
    public async Task Metadata_of_another_issuer_has_no_keys()
    {
        await using var server = await ServerAsync();
        var address = server.Urls.First();
        await using var tokens = new TokenService();
        Publish(tokens, address, "https://login.example.net");
        var token = await TokenAsync(address, "screening.evaluate");
        Assert.Equal((401, "-", "token-issuer"), await tokens.SendAsync(token));
        Assert.Equal(
            (401, "-", "token-key"),
            await tokens.SendAsync(TokenService.AccessToken(claims => claims["iss"] = "https://login.example.net")));
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_keeps_its_clients_out_and_no_others()
    {
        await using var tokens = new TokenService();
        Publish(tokens, "http://127.0.0.1:1", "http://127.0.0.1:1/");
        Assert.Equal(
            (401, "-", "token-keys-missing"),
            await tokens.SendAsync(TokenService.AccessToken(claims => claims["iss"] = "http://127.0.0.1:1/")));
        Assert.Equal(200, await tokens.Service.StatusAsync(KeyedService.Good));
    }

    private static void Publish(TokenService tokens, string address, string issuer)
    {
        _ = tokens.Service.Client;
        tokens.Write(TokenService.File([new JsonObject
        {
            ["id"] = "own",
            ["issuer"] = issuer,
            ["audiences"] = new JsonArray(TokenService.Audience),
            ["metadata"] = address + "/.well-known/openid-configuration",
        }], []));
        tokens.Service.Tick();
    }

    private static async Task<string> TokenAsync(string address, string scope)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", "salon-7"), new("client_secret", "of a test"), new("scope", scope)]);
        using var response = await client.PostAsync(new Uri(address + "/token"), form);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
    }

    /// <summary>OpenIddict without a database: one client, which is told the time of the tests.</summary>
    private static async Task<WebApplication> ServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new TestTime());
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            options.EnableDegradedMode();
            options.AllowClientCredentialsFlow();
            options.SetTokenEndpointUris("token");
            options.RegisterScopes("screening.evaluate", "other");
            options.AddSigningKey(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "published" });
            options.AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
            options.UseAspNetCore().DisableTransportSecurityRequirement().EnableTokenEndpointPassthrough();
            options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != "salon-7" || context.ClientSecret != "of a test")
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
        });
        var server = builder.Build();
        server.UseAuthentication();
        server.MapPost("/token", context =>
        {
            var request = context.GetOpenIddictServerRequest()!;
            var identity = new ClaimsIdentity("token");
            identity.SetClaim(Claims.Subject, request.ClientId).SetClaim(Claims.ClientId, request.ClientId)
                .SetScopes(request.GetScopes()).SetResources(TokenService.Audience);
            return Results
                .SignIn(
                    new ClaimsPrincipal(identity),
                    authenticationScheme: OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
                .ExecuteAsync(context);
        });
        await server.StartAsync();
        return server;
    }

    private sealed class TestTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TokenService.Now.ToDateTimeOffset();
    }
}
