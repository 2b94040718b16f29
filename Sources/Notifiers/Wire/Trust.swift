import NIOSSL

/// Whose certificates are trusted.
enum Trust {
    /// TLS of a client, certificates and names verified; with a file only the authorities in it are trusted.
    static func configuration(_ caFile: String?) throws(NotifierError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        guard let caFile else { return configuration }
        do {
            let authorities = try NIOSSLCertificate.fromPEMFile(caFile)
            if !authorities.isEmpty {
                configuration.trustRoots = .certificates(authorities)
                return configuration
            }
        } catch {
            // Told below.
        }
        throw NotifierError(
            "ca_file: no certificates can be read from \(PlainText.line(caFile)); give a PEM file", isLasting: true)
    }

    /// The same, ready for connections of our own.
    static func context(_ caFile: String?) throws(NotifierError) -> NIOSSLContext {
        let configuration = try configuration(caFile)
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw NotifierError("TLS cannot be set up: \(PlainText.line("\(error)", octetsMax: 200))", isLasting: true)
        }
    }
}
