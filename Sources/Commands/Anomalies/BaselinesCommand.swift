import ArgumentParser

/// `wardflux baselines`.
struct BaselinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baselines",
        abstract: "What traffic is usual: learn, show, forecast, exclude times, try the engine on a file.",
        subcommands: [
            BaselinesStatisticsCommand.self, BaselinesShowCommand.self, BaselinesLearnCommand.self,
            BaselinesRelearnCommand.self,
            BaselinesForecastCommand.self, BaselinesExclusionsCommand.self, BaselinesReplayCommand.self,
        ],
        defaultSubcommand: BaselinesStatisticsCommand.self)
}
