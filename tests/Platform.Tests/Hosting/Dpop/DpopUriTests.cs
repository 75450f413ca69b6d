using Platform.Hosting.Dpop;
using Xunit;

namespace Platform.Tests.Hosting.Dpop;

public sealed class DpopUriTests
{
    [Theory]
    [InlineData("https://api.example.vn/v1/me", "https://api.example.vn/v1/me")]
    [InlineData("HTTPS://API.Example.VN/v1/me", "https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn:443/v1/me", "https://api.example.vn/v1/me")]
    [InlineData("http://api.example.vn:80/v1/me", "http://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/me?a=b&c=d", "https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/me#part", "https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/x/../me", "https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/%6de", "https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/a%2fb", "https://api.example.vn/v1/a%2Fb")]
    [InlineData("https://api.example.vn", "https://api.example.vn/")]
    [InlineData("https://xn--nh-sia.example.vn/", "https://xn--nh-sia.example.vn/")]
    [InlineData("http://[::1]:5000/v1/me", "http://[0:0:0:0:0:0:0:1]:5000/v1/me")]
    public void The_same_place_may_be_spelt_differently(string claimed, string uri) => Assert.True(DpopUri.IsSame(claimed, new Uri(uri)));

    [Theory]
    [InlineData("http://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn:8443/v1/me")]
    [InlineData("https://api.example.vn:80/v1/me")]
    [InlineData("https://other.example.vn/v1/me")]
    [InlineData("https://api.example.vn./v1/me")]
    [InlineData("https://api.example.vn/v1/Me")]
    [InlineData("https://api.example.vn/v1/me/")]
    [InlineData("https://api.example.vn/v1//me")]
    [InlineData("https://api.example.vn/v1%2Fme")]
    [InlineData("https://user@api.example.vn/v1/me")]
    [InlineData("https://api.example.vn\\v1\\me")]
    [InlineData(" https://api.example.vn/v1/me")]
    [InlineData("https://api.example.vn/v1/me ")]
    [InlineData("https://api.example.vn/v1/me\n")]
    [InlineData("https://api.example.vn/v1/m\u00e9")]
    [InlineData("//api.example.vn/v1/me")]
    [InlineData("/v1/me")]
    [InlineData("ftp://api.example.vn/v1/me")]
    [InlineData("https://")]
    [InlineData("")]
    public void Another_place_is_another_place(string claimed) => Assert.False(DpopUri.IsSame(claimed, new Uri("https://api.example.vn/v1/me")));
}
