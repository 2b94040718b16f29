import Series

/// What every time-series store must do: each check is given a fresh store.
public enum SeriesContract {}
