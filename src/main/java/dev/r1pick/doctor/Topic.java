package dev.r1pick.doctor;

/// What a finding is about, in the order in which they are told.
public enum Topic {
  SERVER,
  DEVICES,
  SETTINGS,
  STORE,
  NETWORK,
  LOADS,
  SURROUNDINGS
}
