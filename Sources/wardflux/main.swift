import Commands

await CommandLineEntry.run()
