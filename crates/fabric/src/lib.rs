//! Routers, links, multicast and barrier of the network between the cores.
