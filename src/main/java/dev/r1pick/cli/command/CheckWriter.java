package dev.r1pick.cli.command;

import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.cli.option.Session;
import dev.r1pick.policy.CheckResult;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.report.ci.PolicyCsv;
import dev.r1pick.report.ci.PolicyGithub;
import dev.r1pick.report.ci.PolicyJunit;
import dev.r1pick.report.ci.PolicyMarkdown;
import dev.r1pick.report.ci.PolicySarif;
import dev.r1pick.report.html.CheckHtml;
import dev.r1pick.report.json.CheckJson;
import dev.r1pick.report.json.PolicyJson;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.text.CheckText;
import dev.r1pick.report.text.PolicyText;
import dev.r1pick.report.words.Messages;
import java.util.Optional;

/// What `check` came to, in any of its formats.
///
/// @param catalogVersion of the catalog that was asked
record CheckWriter(Session session, String catalogVersion) {

  /// One result in one format; no format changes what it says.
  String write(CheckResult result, CheckFormat format, Style style) {
    Messages messages =
        format == CheckFormat.TEXT || format == CheckFormat.HTML
            ? session.messages()
            : session.documents();
    PolicyAnswer answer = result.answer();
    return switch (format) {
      case TEXT ->
          switch (result) {
            case TagCheck check -> new CheckText(messages, style).answer(check);
            case PolicyAnswer policy -> new PolicyText(messages, style).answer(policy);
          };
      case JSON ->
          switch (result) {
            case TagCheck check -> new CheckJson(messages).answer(check, catalogVersion);
            case PolicyAnswer policy -> new PolicyJson(messages).answer(policy, catalogVersion);
          };
      case JUNIT -> new PolicyJunit(messages).document(answer);
      case SARIF -> new PolicySarif(messages, session.version(), file(result)).document(answer);
      case GITHUB -> new PolicyGithub(messages, file(result)).answer(answer);
      case MARKDOWN -> new PolicyMarkdown(messages).answer(answer);
      case CSV -> new PolicyCsv(messages).answer(answer);
      case HTML -> new CheckHtml(result).page(messages, session.version());
    };
  }

  /// The policy in its repository; a tag on the command line stands in no file.
  private Optional<String> file(CheckResult result) {
    return switch (result) {
      case TagCheck _ -> Optional.empty();
      case PolicyAnswer policy -> RepositoryPath.of(session, policy.policy().file());
    };
  }
}
