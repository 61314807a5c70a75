package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.ollama.log.ServerLog;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What stands between the server and the registry.
final class NetworkExam {
  private static final int STALLS = 3;

  private NetworkExam() {}

  static List<Finding> of(Symptoms symptoms) {
    if (symptoms.elsewhere().isPresent()) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    proxy(symptoms, findings);
    ServerLog log = symptoms.log().log();
    if (log.newest("dl-eof").isPresent()) {
      findings.add(Finding.of(Cause.PULL_GETS_ERROR_PAGE, log.count("dl-eof")));
    }
    if (log.count("dl-stall") >= STALLS) {
      findings.add(Finding.of(Cause.PULL_STALLS, log.count("dl-stall")));
    }
    log.newest("dl-direct")
        .ifPresent(
            line ->
                findings.add(
                    Finding.of(
                        Cause.PULL_REFUSED, line.value("err").map(Text::clean).orElse("?"))));
    if (log.newest("dl-tls").isPresent()) {
      findings.add(Finding.of(Cause.CERTIFICATE_UNKNOWN));
    }
    return findings;
  }

  /// A proxy that the shell goes through and the server, which does the loading, does not.
  private static void proxy(Symptoms symptoms, List<Finding> findings) {
    Map<String, String> server = symptoms.environment().effective();
    if (!symptoms.environment().tells("HTTPS_PROXY") || has(server, "HTTPS_PROXY", "https_proxy")) {
      return;
    }
    for (String name : List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")) {
      String value = symptoms.shell().get(name);
      if (value != null && !value.isBlank()) {
        var line = new ServerVariable("HTTPS_PROXY", withoutLogin(value));
        findings.add(
            Finding.of(
                Cause.PROXY_ONLY_IN_SHELL,
                name,
                line.value(),
                new Finding.Line(line, symptoms.machine().installation())));
        return;
      }
    }
  }

  private static boolean has(Map<String, String> variables, String... names) {
    for (String name : names) {
      String value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /// A password is nothing to be shown.
  private static String withoutLogin(String address) {
    int scheme = address.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int login = address.lastIndexOf('@');
    return Text.clean(
        login < start ? address : address.substring(0, start) + address.substring(login + 1));
  }
}
