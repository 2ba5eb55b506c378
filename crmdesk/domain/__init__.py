"""What a CRM is: records, words, rules. Standard library only; no SQL, no Qt, no files but the shipped vocabularies."""
