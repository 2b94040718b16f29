extension AlertEngine {
    /// Takes back what a store refused, so that it comes with the next evaluation; what happened since is newer.
    ///
    /// Deliveries are the caller's to keep: they stay as they are, and are written with what is put back.
    public mutating func putBack(_ news: AlertLedgerNews) { ledger.putBack(news) }
}
