package io.heddle.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code heddle}. */
public final class Heddle {
  private final Supplier<Backend> backend;
  private final Console console;
  private final Failures failures;
  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final CommandLine commandLine;

  Heddle(
      Supplier<Backend> backend,
      Console console,
      Failures failures,
      LongSupplier nanoTime,
      Interruption interruption) {
    this.backend = backend;
    this.console = console;
    this.failures = failures;
    commands.put("run", new RunCommand(nanoTime, interruption));
    commands.put("load", new LoadCommand(nanoTime, interruption));
    commands.put("explore", new ExploreCommand(nanoTime, interruption));
    commands.put("replay", new ReplayCommand(nanoTime));
    commands.put("shrink", new ShrinkCommand(nanoTime));
    commands.put("diff", new DiffCommand());
    commands.put("check", new CheckCommand());
    commands.put("list", new ListCommand());
    commands.put("explain", new ExplainCommand());
    commands.put("init", new InitCommand());
    commands.put("report", new ReportCommand());
    commands.put("schema", new SchemaCommand());
    commands.put("completion", new CompletionCommand());
    this.commandLine = commandLine(commands);
  }

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Console console =
        Console.ofProcess(
            System.getProperty("heddle.terminal", ""),
            System.getProperty("heddle.columns", ""),
            System.getenv());
    Interruption interruption = new Interruption();
    Thread atExit =
        new Thread(
            () -> {
              try {
                if (interruption.request()) {
                  ProgressLine.erase(console);
                }
              } catch (InterruptedException atOnce) {
                Thread.currentThread().interrupt();
              }
            },
            "heddle-at-exit");
    Runtime.getRuntime().addShutdownHook(atExit);
    Failures failures = new Failures(console.err(), interruption::requested);
    Heddle heddle =
        new Heddle(
            () -> new ScenarioBackend(interruption::requested),
            console,
            failures,
            System::nanoTime,
            interruption);
    ExitCode code = heddle.run(arguments);
    interruption.done();
    System.exit(code.value());
  }

  /** Runs one command. */
  ExitCode run(String... arguments) {
    try {
      ExitCode code = call(commandLine.parseArgs(arguments));
      return console.out().checkError() ? unprinted(code) : code;
    } catch (ParameterException e) {
      return failures.usage(e);
    } catch (UserError e) {
      return failures.user(e);
    } catch (Throwable e) {
      return failures.internal(e);
    }
  }

  private ExitCode unprinted(ExitCode code) {
    if (console.out() instanceof StandardOutput output) {
      return output.isReadEnough()
          ? code
          : failures.unwritable(
              output.failure().map(Output::reason).orElse("it cannot be written"));
    }
    return failures.unwritable("it cannot be written");
  }

  private ExitCode call(ParseResult arguments) {
    for (CommandLine parsed : arguments.asCommandLineList()) {
      if (parsed.isUsageHelpRequested()) {
        Ansi ansi = console.style().colours() ? Ansi.ON : Ansi.OFF;
        var unused = parsed.getCommandSpec().usageMessage().width(console.style().width());
        console.out().print(parsed.getUsageMessage(ansi));
        return ExitCode.PASSED;
      }
    }
    if (arguments.isVersionHelpRequested()) {
      console.out().println("heddle " + Version.text());
      return ExitCode.PASSED;
    }
    if (!arguments.hasSubcommand()) {
      throw new ParameterException(commandLine, "a command is missing");
    }
    ParseResult subcommand = arguments.subcommand();
    String name = subcommand.commandSpec().name();
    Command command = commands.get(name);
    if (command == null) {
      throw new IllegalStateException("no command " + name);
    }
    Arguments.checkOutputs(subcommand);
    return command.call(subcommand, backend.get(), console);
  }

  private static CommandLine commandLine(Map<String, Command> commands) {
    CommandSpec spec = CommandSpec.create().name("heddle");
    spec.usageMessage()
        .description("Runs Kafka scenarios on a deterministic Kafka, and on a real one.")
        .commandListHeading("%nCommands:%n")
        .footer(footer(commands))
        .width(Page.WIDTH);
    spec.addOption(Arguments.help())
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
    commands.forEach((name, command) -> spec.addSubcommand(name, new CommandLine(command.spec())));
    return new CommandLine(spec);
  }

  private static String[] footer(Map<String, Command> commands) {
    Stream<String> examples = commands.values().stream().map(command -> "  " + command.example());
    Stream<String> codes =
        Stream.of(
            "    0  passed",
            "    1  two traces differ",
            "    2  usage, a bad scenario, or a file that cannot be read or written",
            "   10  an invariant was violated",
            "   11  no progress was made",
            "   12  a threshold was missed",
            "   13  a fault never fired, or an invariant saw nothing",
            "   14  a seed had two histories",
            "   70  a defect of heddle itself",
            "  130  interrupted");
    return Stream.of(Stream.of("", "Examples:"), examples, Stream.of("", "Exit codes:"), codes)
        .flatMap(lines -> lines)
        .toArray(String[]::new);
  }
}
