package dev.r1pick.catalog;

/// A license that binds who uses a model.
///
/// @param id as people type it, for example `llama-3.1`
/// @param name as variants name it, for example `Llama 3.1 Community License`
/// @param permissive whether it is an approved open-source license without conditions on use
/// @param evidence where that stands
public record License(String id, String name, boolean permissive, Evidence evidence) {}
