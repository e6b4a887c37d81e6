namespace ChainWatch.Lists;

/// <summary>What an address was used for, according to whoever names it.</summary>
public enum Role
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>Received funds directly from a theft.</summary>
    Theft,

    /// <summary>Holds or held the funds; also the property of a designated person.</summary>
    Holding,

    /// <summary>Moves the funds to hide their origin.</summary>
    Laundering,

    /// <summary>A customer's deposit address at a service: an endpoint.</summary>
    ServiceDeposit,

    /// <summary>A third party that exchanges funds: an endpoint.</summary>
    Broker,

    /// <summary>A contract that many people use: an endpoint.</summary>
    Contract,

    /// <summary>From whom funds were taken.</summary>
    Victim,
}
