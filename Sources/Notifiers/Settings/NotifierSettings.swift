public import Inventory

/// How a receiver is told, as read from the configuration: names checked for form, secrets revealed only on the wire.
///
/// What is left to check (addresses, certificates, templates) `Notifiers.make` checks.
public enum NotifierSettings: Sendable, Hashable {
    /// Alertmanager, one or several of a cluster.
    case alertmanager(AlertmanagerSettings)
    /// Any receiver of HTTP requests.
    case webhook(WebhookSettings)
    /// A channel of Slack.
    case slack(ChatSettings)
    /// A channel of Microsoft Teams.
    case teams(ChatSettings)
    /// People by e-mail.
    case mail(MailSettings)
    /// A syslog server.
    case syslog(SyslogSettings)
}

/// How to say who we are over HTTP.
public enum HTTPAuthorization: Sendable, Hashable {
    /// Basic (RFC 7617).
    case basic(user: String, password: Secret)
    /// A bearer token (RFC 6750).
    case bearer(Secret)
}

/// Alertmanager: its servers and how to reach them.
public struct AlertmanagerSettings: Sendable, Hashable {
    /// Base addresses of all servers of the cluster: `http://localhost:9093`; `/api/v2/alerts` is added.
    public var urls: [String]
    /// Who we are; nil for nobody.
    public var authorization: HTTPAuthorization?
    /// A PEM file with the only certificate authorities to trust; nil for those of the system.
    public var caFile: String?
    /// Seconds one server has to answer.
    public var timeoutSeconds: Double = 10

    /// Servers without authentication.
    public init(urls: [String]) {
        self.urls = urls
    }
}

/// A receiver of HTTP requests.
public struct WebhookSettings: Sendable, Hashable {
    /// How the request is made.
    public enum Method: String, CaseIterable, Sendable, Hashable {
        /// POST.
        case post = "POST"
        /// PUT.
        case put = "PUT"
    }

    /// Where to; a secret, as many carry a token.
    public var url: Secret
    /// How.
    public var method = Method.post
    /// Further headers; values may be secret.
    public var headers: [String: Secret] = [:]
    /// Who we are; nil for nobody.
    public var authorization: HTTPAuthorization?
    /// Keys that requests are signed with, each by a signature of its own, so that keys can be changed.
    public var signingKeys: [Secret] = []
    /// A Mustache template of the body; nil for the JSON of `docs/webhook.md`.
    public var template: String?
    /// Media type of the templated body; it also decides how texts in it are escaped.
    public var contentType = "application/json"
    /// A PEM file with the only certificate authorities to trust; nil for those of the system.
    public var caFile: String?
    /// Seconds the receiver has to answer.
    public var timeoutSeconds: Double = 10

    /// A receiver of the standard JSON.
    public init(url: Secret) {
        self.url = url
    }
}

/// An incoming webhook of Slack, or the webhook of a Teams workflow.
public struct ChatSettings: Sendable, Hashable {
    /// Where to; a secret: whoever has it can write to the channel.
    public var url: Secret
    /// A PEM file with the only certificate authorities to trust; nil for those of the system.
    public var caFile: String?
    /// Seconds the receiver has to answer.
    public var timeoutSeconds: Double = 10

    /// A channel.
    public init(url: Secret) {
        self.url = url
    }
}

/// People by e-mail, through one SMTP server.
public struct MailSettings: Sendable, Hashable {
    /// How a connection is protected.
    public enum Protection: String, CaseIterable, Sendable, Hashable {
        /// TLS from the first octet (RFC 8314), usually port 465.
        case tls
        /// STARTTLS (RFC 3207) or nothing is sent.
        case startTLS = "starttls"
        /// STARTTLS where the server offers it; with a user it must.
        case startTLSIfOffered = "starttls_if_offered"
        /// None.
        case plain = "none"
    }

    /// Name or address of the server.
    public var host: String
    /// Its port; nil for 465 with `tls`, 587 with a user, else 25.
    public var port: Int?
    /// How the connection is protected.
    public var protection = Protection.startTLS
    /// Who we are; nil for nobody.
    public var user: String?
    /// The user's password.
    public var password: Secret?
    /// Sends user and password unprotected to a server on this machine (127.0.0.0/8, ::1, localhost); never elsewhere.
    public var sendsPasswordUnprotectedOnLoopback = false
    /// A PEM file with the only certificate authorities to trust; nil for those of the system.
    public var caFile: String?
    /// Who it is from: `wardflux@example.org` or `WARD FLUX <wardflux@example.org>`.
    public var from: String
    /// Who it is for, in the same form.
    public var to: [String]
    /// What this machine calls itself in EHLO; nil for its host name.
    public var heloName: String?
    /// Seconds for each step of the conversation; the server's answer to a whole message may take three times that.
    public var timeoutSeconds: Double = 20

    /// Mail over STARTTLS without a user.
    public init(host: String, from: String, to: [String]) {
        self.host = host
        self.from = from
        self.to = to
    }
}

/// A syslog server.
public struct SyslogSettings: Sendable, Hashable {
    /// How messages travel.
    public enum Transport: String, CaseIterable, Sendable, Hashable {
        /// A datagram a message (RFC 5426): nobody knows whether it arrived.
        case udp
        /// TCP with octet counting (RFC 6587).
        case tcp
        /// TLS with octet counting (RFC 5425).
        case tls
    }

    /// Name or address of the server.
    public var host: String
    /// Its port; nil for 514 with UDP, 601 with TCP, 6514 with TLS.
    public var port: Int?
    /// How messages travel.
    public var transport = Transport.udp
    /// Facility, 0 to 23 (RFC 5424 6.2.1); 16 is local0.
    public var facility = 16
    /// APP-NAME, at most 48 printable ASCII characters.
    public var appName = "wardflux"
    /// SD-ID of the labels: a name, `@` and an enterprise number; 32473 is the one for documentation (RFC 5612).
    public var structuredDataID = "alert@32473"
    /// A PEM file with the only certificate authorities to trust; nil for those of the system.
    public var caFile: String?
    /// Seconds for connecting and sending.
    public var timeoutSeconds: Double = 5

    /// A server over UDP.
    public init(host: String) {
        self.host = host
    }
}
