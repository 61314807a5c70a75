package dev.r1pick.report.ci;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import java.util.List;

/// What became of a policy as JUnit XML, which every CI server reads: a suite a machine, a case a
/// rule. Not met is a failure, unknown an error, warned of a skipped case that says why.
///
/// No times and no date: the same machine gives the same bytes.
public final class PolicyJunit {
  /// What stands before the suites.
  public static final String BEGIN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"r1pick check\">\n";

  /// What stands behind them.
  public static final String END = "</testsuites>\n";

  private final PolicyWording words;

  /// A writer whose sentences are in one language.
  public PolicyJunit(Messages messages) {
    this.words = new PolicyWording(messages);
  }

  /// A whole document.
  public String document(PolicyAnswer answer) {
    return BEGIN + suite(answer.policy().file(), answer) + END;
  }

  /// The suite of one machine.
  ///
  /// @param name of the suite
  public String suite(String name, PolicyAnswer answer) {
    var xml = new StringBuilder(1024);
    xml.append("  <testsuite");
    attribute(xml, "name", name);
    attribute(xml, "tests", answer.findings().size());
    attribute(xml, "failures", answer.count(Outcome.NOT_MET));
    attribute(xml, "errors", answer.count(Outcome.UNKNOWN));
    attribute(xml, "skipped", answer.count(Outcome.WARNED));
    attribute(xml, "time", 0);
    xml.append(">\n");
    List<String> idle = words.idle(answer);
    if (!idle.isEmpty()) {
      xml.append("    <properties>\n");
      for (String sentence : idle) {
        xml.append("      <property");
        attribute(xml, "name", "idle-gpu");
        attribute(xml, "value", sentence);
        xml.append("/>\n");
      }
      xml.append("    </properties>\n");
    }
    for (Finding finding : answer.findings()) {
      testCase(xml, name, finding);
    }
    return xml.append("  </testsuite>\n").toString();
  }

  /// The suite of a machine that could not be read.
  public static String broken(String name, String problem) {
    var xml = new StringBuilder(256);
    xml.append("  <testsuite");
    attribute(xml, "name", name);
    attribute(xml, "tests", 1);
    attribute(xml, "failures", 0);
    attribute(xml, "errors", 1);
    attribute(xml, "skipped", 0);
    attribute(xml, "time", 0);
    xml.append(">\n    <testcase");
    attribute(xml, "name", "machine");
    attribute(xml, "classname", name);
    attribute(xml, "time", 0);
    xml.append(">\n      <error");
    attribute(xml, "message", problem);
    attribute(xml, "type", "unreadable");
    return xml.append("/>\n    </testcase>\n  </testsuite>\n").toString();
  }

  private void testCase(StringBuilder xml, String suite, Finding finding) {
    xml.append("    <testcase");
    attribute(xml, "name", finding.rule().path() + " " + words.asked(finding.rule()));
    attribute(xml, "classname", suite);
    attribute(xml, "time", 0);
    switch (finding.outcome()) {
      case MET -> {
        xml.append(">\n      <system-out>")
            .append(Escaping.xml(words.said(finding)))
            .append("</system-out>\n    </testcase>\n");
        return;
      }
      case WARNED -> {
        xml.append(">\n      <skipped");
        attribute(xml, "message", words.saidWithRemedies(finding));
        xml.append("/>\n    </testcase>\n");
        return;
      }
      case NOT_MET -> problem(xml, "failure", finding);
      case UNKNOWN -> problem(xml, "error", finding);
    }
  }

  private void problem(StringBuilder xml, String element, Finding finding) {
    xml.append(">\n      <").append(element);
    attribute(xml, "message", words.said(finding));
    attribute(xml, "type", finding.rule().requirement().key());
    xml.append('>')
        .append(Escaping.xml(words.saidWithRemedies(finding)))
        .append("</")
        .append(element)
        .append(">\n    </testcase>\n");
  }

  private static void attribute(StringBuilder xml, String name, int value) {
    attribute(xml, name, Integer.toString(value));
  }

  private static void attribute(StringBuilder xml, String name, String value) {
    xml.append(' ').append(name).append("=\"").append(Escaping.xml(value)).append('"');
  }
}
