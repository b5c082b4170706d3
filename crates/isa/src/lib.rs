//! Instructions of the plasticity unit: table, decoder, assembler, disassembler.
