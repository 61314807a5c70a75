/// Prints how many mutants the tests killed, by package, and fails where a package stays below a threshold.
///
/// Usage: `java MutationScore.java MUTATIONS.CSV PERCENT GLOB,GLOB...`, with PIT's `mutations.csv` and the globs that PIT mutated,
/// such as `dev.r1pick.fit.*`. A package counts with all below it.
/// Writes the mutants that were not killed to `survivors.txt` beside the CSV, by class and line.
/// Exit code 1 where a package has no mutants or fewer than PERCENT of them are killed.

/// One line of the CSV: where the mutant is, what was changed, and what became of it.
record Mutant(String type, int line, String method, String mutator, String status) {
  /// Whether a test failed, ran out of time or out of memory.
  boolean isKilled() {
    return switch (status) {
      case "KILLED", "TIMED_OUT", "MEMORY_ERROR" -> true;
      default -> false;
    };
  }
}

/// The mutants of one package by what became of them. Nothing that PIT failed to run counts as killed.
record Score(String glob, int mutants, int killed, int survived, int uncovered) {
  double percent() {
    return mutants == 0 ? 0 : 100.0 * killed / mutants;
  }

  int broken() {
    return mutants - killed - survived - uncovered;
  }
}

void main(String[] args) throws Exception {
  Path csv = Path.of(args[0]);
  double threshold = Double.parseDouble(args[1]);
  var mutants = new ArrayList<Mutant>();
  for (String line : Files.readAllLines(csv)) {
    Mutant mutant = mutant(line);
    // The JVM refuses to load a mutant that is not viable: no test can meet it.
    if (!mutant.status().equals("NON_VIABLE")) {
      mutants.add(mutant);
    }
  }
  Files.write(csv.resolveSibling("survivors.txt"), survivors(mutants));

  var low = new ArrayList<String>();
  IO.println("package                        mutants  killed  survived  uncovered  not run   score");
  for (String glob : args[2].split(",")) {
    Score score = score(glob.strip(), mutants);
    IO.println(
        "%-30s %7d %7d %9d %10d %8d %6.1f%%"
            .formatted(
                score.glob(),
                score.mutants(),
                score.killed(),
                score.survived(),
                score.uncovered(),
                score.broken(),
                score.percent()));
    if (score.percent() < threshold) {
      low.add(score.glob());
    }
  }
  if (!low.isEmpty()) {
    System.err.println("Below " + args[1] + " %: " + String.join(", ", low));
    System.exit(1);
  }
}

Mutant mutant(String line) {
  // file, class, mutator, method, line, status, killing test; only the last may hold a comma
  String[] columns = line.split(",", 7);
  String mutator = columns[2].substring(columns[2].lastIndexOf('.') + 1);
  return new Mutant(columns[1], Integer.parseInt(columns[4]), columns[3], mutator, columns[5]);
}

Score score(String glob, List<Mutant> mutants) {
  String prefix = glob.replace("*", "");
  int all = 0;
  int killed = 0;
  int survived = 0;
  int uncovered = 0;
  for (Mutant mutant : mutants) {
    if (mutant.type().startsWith(prefix)) {
      all++;
      killed += mutant.isKilled() ? 1 : 0;
      survived += mutant.status().equals("SURVIVED") ? 1 : 0;
      uncovered += mutant.status().equals("NO_COVERAGE") ? 1 : 0;
    }
  }
  return new Score(glob, all, killed, survived, uncovered);
}

List<String> survivors(List<Mutant> mutants) {
  return mutants.stream()
      .filter(m -> !m.isKilled())
      .sorted(Comparator.comparing(Mutant::type).thenComparingInt(Mutant::line))
      .map(m -> m.type() + ":" + m.line() + " " + m.method() + " " + m.mutator() + " " + m.status())
      .toList();
}
