package dev.r1pick.doctor;

import dev.r1pick.host.Host;
import dev.r1pick.host.Http;
import dev.r1pick.host.UserFiles;

/// What is looked at: a machine, the files on it and the network as it reaches it.
public record Patient(Host host, UserFiles files, Http http) {}
