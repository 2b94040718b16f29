/// Identity of a baseline.
public typealias BaselineID = Identifier<Baseline>
/// Identity of an anomaly.
public typealias AnomalyID = Identifier<Anomaly>
/// Identity of an incident.
public typealias IncidentID = Identifier<Incident>
/// Identity of what an operator said.
public typealias AnomalyActionID = Identifier<AnomalyAction>
/// Identity of an excluded time.
public typealias BaselineExclusionID = Identifier<BaselineExclusion>
