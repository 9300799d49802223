//! Short ways to write a schema down.
