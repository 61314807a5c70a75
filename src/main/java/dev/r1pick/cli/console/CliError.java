package dev.r1pick.cli.console;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.ContextLength;
import java.nio.file.Path;
import java.util.List;

/// What went wrong, with what its sentence tells.
///
/// Each error belongs to a group, and the group is what programs are told: its name in kebab-case
/// is the [#code], which stays what it is while sentences and errors change.
/// `docs/schema/error.schema.json` lists the codes, `docs/scripts.md` says what each means. The
/// sentence is `cli.error.` and the error's own name; it takes the components of the record in
/// their order.
public sealed interface CliError {

  /// For programs, such as `invalid-value`.
  default String code() {
    for (Class<?> group : getClass().getInterfaces()) {
      return Kebab.of(group);
    }
    throw new IllegalStateException("in no group: " + this);
  }

  /// The key of its sentence.
  default String key() {
    return "cli.error." + Kebab.of(getClass());
  }

  /// How a run ends that cannot go on.
  default ExitCode exitCode() {
    return ExitCode.USAGE;
  }

  /// A value is not of the form that its option takes.
  sealed interface InvalidValue extends CliError {}

  record Memory(String option, String text) implements InvalidValue {}

  record Download(String option, String text) implements InvalidValue {}

  record NoUnit(String option, String text, String meant) implements InvalidValue {}

  record Context(String option, String text) implements InvalidValue {}

  record ContextTooSmall(String option, String text) implements InvalidValue {}

  record ContextTooSmallNear(String option, String text, String meant) implements InvalidValue {}

  record Modules(String text) implements InvalidValue {}

  record AtTokens(String option, String text) implements InvalidValue {}

  record AtTokensBeyond(String option, String text, ContextLength context)
      implements InvalidValue {}

  record BeyondTrained(ContextLength asked, String tag, ContextLength trained, String option)
      implements InvalidValue {}

  record Whole(String option, String text, int least, int most) implements InvalidValue {}

  record Positive(String option, String text) implements InvalidValue {}

  record Figure(String option, String text, String example) implements InvalidValue {}

  record License(String option, String word, List<String> known) implements InvalidValue {}

  record Duration(String option, String text) implements InvalidValue {}

  record Word(String option, String text, List<String> words) implements InvalidValue {}

  record Language(String option, String text) implements InvalidValue {}

  record FormatDefault(String origin, String text) implements InvalidValue {}

  record ReportForm(String text, List<String> kinds) implements InvalidValue {}

  record ReportsInOne(String file) implements InvalidValue {}

  record RecordName() implements InvalidValue {}

  record RecordNotEmpty(String folder) implements InvalidValue {}

  record OllamaVersion(String text) implements InvalidValue {}

  record OllamaEnv(String text) implements InvalidValue {}

  record GpuEmpty() implements InvalidValue {}

  record NoGpus(String text) implements InvalidValue {}

  record OneChip(String chip) implements InvalidValue {}

  record TooManyGpus(int most) implements InvalidValue {}

  /// An option has no value.
  sealed interface MissingValue extends CliError {}

  record OptionNeedsValue(List<String> options, String command) implements MissingValue {}

  record NoShell() implements MissingValue {}

  /// An option that may stand once stands twice.
  sealed interface OptionTwice extends CliError {}

  record Twice(String option) implements OptionTwice {}

  /// The command line cannot be read for another reason.
  sealed interface Usage extends CliError {}

  record CommandLine(String problem) implements Usage {}

  /// There is no such option.
  sealed interface UnknownOption extends CliError {}

  record NoSuchOption(String given, String command) implements UnknownOption {}

  record NoSuchOptionNear(String given, String command, List<String> near)
      implements UnknownOption {}

  record OptionOfCommand(String given, String command) implements UnknownOption {}

  /// There is no such command.
  sealed interface UnknownCommand extends CliError {}

  record NoSuchCommand(String given) implements UnknownCommand {}

  record NoSuchCommandNear(String given, List<String> near) implements UnknownCommand {}

  record TagAsCommand(String tag) implements UnknownCommand {}

  /// A word stands where none can.
  sealed interface UnknownWord extends CliError {}

  record WordTooMany(String given, String command) implements UnknownWord {}

  record TagAsWord(String tag) implements UnknownWord {}

  /// There is no such use case.
  sealed interface UnknownUseCase extends CliError {}

  record UseCase(String option, String id, List<UseCaseProfile> known) implements UnknownUseCase {}

  record UseCaseNear(String option, String id, List<UseCaseProfile> near)
      implements UnknownUseCase {}

  /// A use for another kind of model: an answer, and it ends like one.
  sealed interface NotForR1 extends CliError {}

  record OtherModel(String kind) implements NotForR1 {
    @Override
    public String key() {
      return "use-cases.error.not-for-r1." + kind;
    }

    @Override
    public ExitCode exitCode() {
      return ExitCode.NOTHING_FITS;
    }
  }

  /// No tag is named.
  sealed interface MissingTag extends CliError {}

  record TagMissing() implements MissingTag {}

  record CompareWhat() implements MissingTag {}

  /// There is no such tag.
  sealed interface UnknownTag extends CliError {}

  record TagUnknown(String text) implements UnknownTag {}

  record TagIsGpu(String text) implements UnknownTag {}

  record NotR1(String text) implements UnknownTag {}

  record TagUnknownNear(String text, List<String> near) implements UnknownTag {}

  /// No client of that name is known.
  sealed interface UnknownClient extends CliError {}

  record ClientUnknown(String name, List<String> known) implements UnknownClient {}

  record ClientUnknownNear(String name, List<String> near) implements UnknownClient {}

  /// No tag fits, so there is none to connect: an answer too.
  sealed interface NothingFits extends CliError {}

  record NothingToConnect(String why) implements NothingFits {
    @Override
    public ExitCode exitCode() {
      return ExitCode.NOTHING_FITS;
    }
  }

  /// Nothing is known by that word, or no such size exists: an answer too.
  sealed interface UnknownTopic extends CliError {
    @Override
    default ExitCode exitCode() {
      return ExitCode.NOTHING_FITS;
    }
  }

  record TopicUnknown(String text) implements UnknownTopic {}

  record TopicUnknownNear(String text, List<String> near) implements UnknownTopic {}

  record TopicAboutMachine(String text, String command) implements UnknownTopic {}

  record TopicNoSuchSize(String size, List<String> near) implements UnknownTopic {}

  /// Two things were asked that exclude each other.
  sealed interface ConflictingOptions extends CliError {}

  record UseCaseAndProfile() implements ConflictingOptions {}

  record QuietWithFormat() implements ConflictingOptions {}

  record QuietOrFormat() implements ConflictingOptions {}

  record WithAndAdd() implements ConflictingOptions {}

  record TagsAndUpgrade() implements ConflictingOptions {}

  record MacTakesNothing() implements ConflictingOptions {}

  record CpuOnlyWithGpu() implements ConflictingOptions {}

  record MeasureElsewhere() implements ConflictingOptions {}

  record MeasureWithRecord() implements ConflictingOptions {}

  record RecordAnd(String option) implements ConflictingOptions {}

  record UseCaseAndPolicy() implements ConflictingOptions {}

  record TagAndPolicy() implements ConflictingOptions {}

  record OptionNeedsTag(String option) implements ConflictingOptions {}

  record MachinesAnd(String option) implements ConflictingOptions {}

  record MachinesIsOne(String place) implements ConflictingOptions {}

  record FormatOfMany(String format) implements ConflictingOptions {}

  /// A file is not there or cannot be read.
  sealed interface UnreadableFile extends CliError {}

  record FileAbsent(String option, String file) implements UnreadableFile {}

  record FileIsFolder(String option, String file) implements UnreadableFile {}

  record FileUnreadable(String option, String file) implements UnreadableFile {}

  /// One that no option names.
  record Unreadable(String file) implements UnreadableFile {}

  record NoWorkingDirectory() implements UnreadableFile {}

  record ConfigAbsent(String path) implements UnreadableFile {}

  record ConfigUnreadable(String path) implements UnreadableFile {}

  /// A file is not what it should be.
  sealed interface InvalidFile extends CliError {}

  record File(String file, String problem) implements InvalidFile {}

  record FileAt(String file, String path, String problem) implements InvalidFile {}

  record MachineTooLarge(String file) implements InvalidFile {}

  record ProfileTooLarge(String file) implements InvalidFile {}

  record NoMachines(String place) implements InvalidFile {}

  record NothingRecorded(String folder) implements InvalidFile {}

  record RecordingTooLarge(String folder) implements InvalidFile {}

  record BrokenRecording(String file, String problem) implements InvalidFile {}

  /// The configuration file says something that is not known.
  sealed interface InvalidConfig extends CliError {}

  record ConfigLine(String where, String words) implements InvalidConfig {}

  record ConfigKey(String where, String name, List<String> known) implements InvalidConfig {}

  record ConfigKeyNear(String where, String name, List<String> near) implements InvalidConfig {}

  record ConfigTwice(String where, String name, int line) implements InvalidConfig {}

  record ConfigValue(String where, String name) implements InvalidConfig {}

  /// There is no policy.
  sealed interface MissingPolicy extends CliError {}

  record NoPolicy() implements MissingPolicy {}

  /// There are two policies side by side.
  sealed interface AmbiguousPolicy extends CliError {}

  record TwoPolicies(Path one, Path other) implements AmbiguousPolicy {}

  /// A policy cannot be worked with.
  sealed interface InvalidPolicy extends CliError {}

  record PolicyTooLarge(String file) implements InvalidPolicy {}

  record PolicyNotUtf8(String file) implements InvalidPolicy {}

  record InPolicy(String file, int line, int column, String problem) implements InvalidPolicy {}

  /// An answer, a report, a recording or a figure could not be written.
  sealed interface NotWritten extends CliError {
    @Override
    default ExitCode exitCode() {
      return ExitCode.DISK;
    }
  }

  record Output(String reason) implements NotWritten {}

  record Report(String file, String reason) implements NotWritten {}

  record ReportNoFolder(String file) implements NotWritten {}

  record ReportDenied(String file) implements NotWritten {}

  record Recording(String folder, String reason) implements NotWritten {}

  record MeasuredNowhere(String variable) implements NotWritten {}

  record MeasuredNotKept(Path file, String reason) implements NotWritten {}

  /// With Ollama's server, its store or a pull: its groups are in a file of their own.
  sealed interface OfOllama extends CliError permits OllamaError {}

  /// With what was said of a machine, or with what it tells: its groups are in a file of their own.
  sealed interface OfMachine extends CliError permits MachineError {}

  /// A fault of r1pick itself, or of its installation.
  sealed interface Bug extends CliError {}

  record Fault(String version, String bug, String where) implements Bug {
    @Override
    public ExitCode exitCode() {
      return ExitCode.BUG;
    }
  }
}
