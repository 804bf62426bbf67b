//! Everything said to a person, in zh, ko and en
